#!/usr/bin/env node
import './keep-heap-small.ts'
import { runCommandLine } from '../cli/command-line.ts'

process.exitCode = await runCommandLine(process.argv)
