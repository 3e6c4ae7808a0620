const kibiPerMebi = 1024;
const kibiPerGibi = 1024 * 1024;

/** Kibibytes as one says them: `640 KiB`, `64 MiB`, `1.5 GiB`. */
export function memory(kb: number): string {
  if (kb < kibiPerMebi) return `${kb} KiB`;
  if (kb < kibiPerGibi)
    return `${Number((kb / kibiPerMebi).toFixed(kb < 10 * kibiPerMebi ? 1 : 0))} MiB`;
  return `${Number((kb / kibiPerGibi).toFixed(1))} GiB`;
}
