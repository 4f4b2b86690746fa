import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'

const require = createRequire(import.meta.url)

/** A weight as the packages of Google's fonts name their folders and files. */
export type PackageWeight = '600SemiBold' | '700Bold' | '800ExtraBold' | '900Black'

/** Path of one font of a package, e.g. of `noto-sans-thai`; null when the package is not installed. */
export function findPackagedFont(name: string, weight: PackageWeight): string | null {
  const stem = name
    .split('-')
    .map((part) =>
      /^(sc|tc|jp|kr|hk)$/.test(part) ? part.toUpperCase() : part.charAt(0).toUpperCase() + part.slice(1),
    )
    .join('')
  try {
    return require.resolve(`@expo-google-fonts/${name}/${weight}/${stem}_${weight}.ttf`)
  } catch {
    return null
  }
}

/**
 * A Noto font for a script we bring none for, e.g. `Tamil`: from its package when somebody installed that, otherwise from
 * the folders this system keeps fonts in. Null when there is none. Only looks for names, so it takes milliseconds.
 */
export function findNotoFont(script: string, weight: PackageWeight): string | null {
  return findPackagedFont(`noto-sans-${script.toLowerCase()}`, weight) ?? findSystemFont(script)
}

function findSystemFont(script: string): string | null {
  const names = ['ExtraBold', 'Bold', 'SemiBold', 'Regular'].map((weight) => `NotoSans${script}-${weight}.ttf`)
  const found = systemFolders().flatMap((folder) => filesNamed(folder, new Set(names), 3))
  return names.flatMap((name) => found.filter((file) => file.endsWith(name)))[0] ?? null
}

function systemFolders(): string[] {
  const home = homedir()
  if (process.platform === 'darwin') return ['/System/Library/Fonts', '/Library/Fonts', join(home, 'Library/Fonts')]
  if (process.platform === 'win32') return ['C:\\Windows\\Fonts', join(home, 'AppData/Local/Microsoft/Windows/Fonts')]
  return ['/usr/share/fonts', '/usr/local/share/fonts', join(home, '.local/share/fonts'), join(home, '.fonts')]
}

function filesNamed(folder: string, names: ReadonlySet<string>, depth: number): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return depth > 0 ? filesNamed(path, names, depth - 1) : []
      return names.has(entry.name) ? [path] : []
    })
  } catch {
    return []
  }
}
