import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { describeProgram } from '../src/cli/command-line.ts'
import { settingsSchema } from '../src/config/settings.ts'

const root = resolve(import.meta.dirname, '..')
const program = describeProgram(() => undefined)

interface Page {
  /** Relative to the root, e.g. `docs/guide/links.md`. */
  path: string
  text: string
}

// What is written down once stays as it was then: notes of changes and decisions name what has gone since.
const pages: Page[] = globSync(['*.md', 'docs/**/*.md', 'examples/*.md', 'benchmarks/*.md'], { cwd: root })
  .sort()
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const current = pages.filter(({ path }) => !path.startsWith('docs/decisions/'))

describe('the docs', () => {
  it('are found', () => {
    expect(pages.map(({ path }) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/guide/links.md']))
  })

  it('link to what is there', () => {
    const broken = pages.flatMap(({ path, text }) =>
      [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(path, target))
        .map((target) => `${path}: ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('are all reached from the README', () => {
    const seen = new Set<string>()
    const visit = (path: string): void => {
      if (seen.has(path) || !path.endsWith('.md') || !existsSync(join(root, path))) return
      seen.add(path)
      for (const target of linksIn(path)) visit(target)
    }
    visit('README.md')
    const guides = current.filter(({ path }) => path.startsWith('docs/')).map(({ path }) => path)
    expect(guides.filter((path) => !seen.has(path))).toEqual([])
  })

  it('name files that are there', () => {
    const places = /^(?:src|test|docs|scripts|migrations|training|benchmarks|examples|changes)\/[\w./-]+$/
    const gone = current.flatMap(({ path, text }) =>
      inlineCode(text)
        .filter((code) => places.test(code) && !/X/.test(code) && !existsSync(join(root, code)))
        .map((code) => `${path}: ${code}`),
    )
    expect(gone).toEqual([])
  })

  it('name commands and options that are there', () => {
    const wrong = current.flatMap(({ path, text }) =>
      commandsIn(text).flatMap((words) => problemsOf(words).map((problem) => `${path}: ${problem}`)),
    )
    expect(wrong).toEqual([])
  })

  it('tell of every option of every command', () => {
    const told = current.map(({ text }) => text).join('\n')
    const untold = leaves(program).flatMap(({ command, path }) =>
      command.options
        .map(({ long }) => long ?? '')
        .filter((long) => !new RegExp(`${long}(?![\\w-])`).test(told))
        .map((long) => `${path} ${long}`),
    )
    expect(untold).toEqual([])
  })

  it('have every folder of the source in the tree', () => {
    const { text = '' } = current.find(({ path }) => path === 'ARCHITECTURE.md') ?? {}
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => `${name}/`).filter((name) => !text.includes(` ${name}`))).toEqual([])
  })

  it('name settings that are there', () => {
    const told = current.flatMap(({ path, text }) =>
      [...text.matchAll(/^\| `([A-Z][A-Z0-9_]+)` \| /gm)]
        .filter(() => path.startsWith('docs/guide/'))
        .map(([, name = '']) => ({ path, name })),
    )
    expect(told.length).toBeGreaterThan(3)
    expect(told.filter(({ name }) => !Object.hasOwn(settingsSchema.shape, name))).toEqual([])
  })
})

function leadsSomewhere(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? join(root, page) : join(root, dirname(page), path)
  if (!existsSync(file)) return false
  return anchor === undefined || headingsOf(readFileSync(file, 'utf8')).includes(anchor)
}

function linksIn(page: string): string[] {
  const text = withoutCode(readFileSync(join(root, page), 'utf8'))
  return [...text.matchAll(/\]\(([^)\s#]+)/g)].map(([, target = '']) =>
    relative(root, resolve(root, dirname(page), target)),
  )
}

/** As GitHub makes anchors of headings: small letters, signs gone, blanks as hyphens. */
function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  )
}

function withoutCode(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '')
}

function inlineCode(text: string): string[] {
  return [...withoutCode(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
}

function codeLines(text: string): string[] {
  return [...text.matchAll(/^```[^]*?^```/gm)].flatMap(([block]) => block.replaceAll('\\\n', ' ').split('\n'))
}

/** What follows `clipwright` in lines of code and between backticks, as words. */
function commandsIn(text: string): string[][] {
  return [...inlineCode(text), ...codeLines(text)]
    .map((code) => /(?:^|[\s$;&])(?:npx )?clipwright (?!\$)(.+)$/.exec(code)?.[1])
    .filter((rest) => rest !== undefined)
    .map((rest) => rest.replace(/"[^"]*"/g, 'TEXT').split(/\s+/))
    .filter(([first = '']) => /^[a-z-]+$/.test(first))
}

function problemsOf(words: readonly string[]): string[] {
  let command: Command = program
  let at = 0
  for (; at < words.length; at++) {
    const next = command.commands.find((each) => each.name() === words[at])
    if (next === undefined) break
    command = next
  }
  if (command === program && words[0] !== 'help' && !words[0]?.startsWith('-')) return [`clipwright ${words[0]}`]
  const known = [...optionsOf(command), ...command.commands.flatMap(optionsOf), '--help', '--version']
  return words
    .slice(at)
    .map((word) => /^--[a-z][a-z-]*/.exec(word)?.[0])
    .filter((option) => option !== undefined && !known.includes(option))
    .map((option) => `clipwright ${words.slice(0, at).join(' ')} ${option}`)
}

function optionsOf(command: Command): string[] {
  return command.options.map(({ long }) => long ?? '')
}

function leaves(command: Command, path = 'clipwright'): { command: Command; path: string }[] {
  return command.commands.flatMap((each) => {
    const here = `${path} ${each.name()}`
    return each.commands.length > 0 ? leaves(each, here) : [{ command: each, path: here }]
  })
}
