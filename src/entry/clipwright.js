#!/usr/bin/env node
// Plain JavaScript of the oldest kind: a Node.js that can't read the rest gets as far as saying so.
const least = 24
const { node } = process.versions

if (Number(node.split('.')[0]) >= least) {
  await import('./cli.ts')
} else {
  process.stderr.write(
    `✗ This is Node.js ${node}, and Clipwright needs ${least}. [NODE_TOO_OLD]\n` +
      `  → \`npm ci\` brings it along, and \`npx clipwright\` runs on it; after --ignore-scripts, \`npm rebuild node\` fetches it.\n` +
      `    Or install Node.js ${least} or newer: https://nodejs.org\n`,
  )
  process.exitCode = 5
}
