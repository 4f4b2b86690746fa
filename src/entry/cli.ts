#!/usr/bin/env node
import './keep-heap-small.ts'
import './keep-compiled.ts'

const { runCommandLine } = await import('../cli/command-line.ts')

process.exitCode = await runCommandLine(process.argv)
