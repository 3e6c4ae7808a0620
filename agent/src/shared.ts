const mostRemembered = 256;
const rememberMs = 1000;

/**
 * `make`, asked once for an object that many events share (a sender, a victim's ancestors), and
 * again after a second: what it finds out about the host may have changed. Goes by identity, so
 * such objects must not be changed.
 */
export function onceForShared<From extends object, To>(make: (from: From) => To) {
  const remembered = new Map<From, To>();
  let sinceMs = 0;
  return (from: From): To => {
    const nowMs = performance.now();
    if (remembered.size >= mostRemembered || nowMs - sinceMs > rememberMs) {
      remembered.clear();
      sinceMs = nowMs;
    }
    let made = remembered.get(from);
    if (made === undefined) {
      made = make(from);
      remembered.set(from, made);
    }
    return made;
  };
}
