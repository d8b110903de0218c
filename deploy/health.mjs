// The health check of a container: asks the process on the port that the named variable holds.
const port = process.env[process.argv[2] ?? 'PORT'];
const answer = await fetch(`http://127.0.0.1:${port}/readyz`, {
  signal: AbortSignal.timeout(4_000),
});
process.exit(answer.ok ? 0 : 1);
