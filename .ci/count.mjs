import { existsSync, readFileSync } from 'node:fs';

/**
 * Prints "PASSED FAILED" of a report of vitest's json reporter. A file that could not even be
 * loaded is a failure, and so are a skipped test and a run that failed for any other reason. Names
 * on stderr what did not pass, and what passed at its second attempt only: it kept its failure.
 */
const [path, status] = process.argv.slice(2);
let passed = 0;
let failed = 0;
if (existsSync(path)) {
  for (const { status: fileStatus, assertionResults } of JSON.parse(readFileSync(path, 'utf8'))
    .testResults) {
    const failures = assertionResults.filter((test) => test.status !== 'passed');
    const notAtOnce = assertionResults.filter(
      (test) => test.status === 'passed' && test.failureMessages.length > 0,
    );
    for (const { status: how, fullName } of failures) process.stderr.write(`${how}: ${fullName}\n`);
    for (const { fullName, failureMessages } of notAtOnce)
      process.stderr.write(`second attempt: ${fullName}: ${failureMessages[0]}\n`);
    passed += assertionResults.length - failures.length;
    failed += failures.length || Number(fileStatus === 'failed');
  }
}
if (Number(status) !== 0 && failed === 0) failed = 1;
process.stdout.write(`${passed} ${failed}\n`);
