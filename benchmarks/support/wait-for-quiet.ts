import { loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const quietLoad = 0.7
const quietSeconds = 30
const longestWait = 600

/** Waits until nothing else has worked for half a minute, ten minutes at most, and says what it was like. */
export async function waitForQuiet(wanted: boolean): Promise<void> {
  let quiet = 0
  for (let waited = 0; wanted && quiet < quietSeconds && waited < longestWait; waited += 2) {
    quiet = load() < quietLoad ? quiet + 2 : 0
    await sleep(2000)
  }
  console.log(`load before: ${load().toFixed(2)}${load() < quietLoad ? '' : ' (not quiet: preliminary)'}`)
}

function load(): number {
  return loadavg()[0] ?? 0
}
