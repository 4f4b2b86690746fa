/**
 * What a person types before a command: in a clone it is `npx clipwright`, which npm tells every program it starts
 * (https://docs.npmjs.com/cli/using-npm/scripts#environment); `clipwright` where it was installed.
 */
export function commandName(environment: NodeJS.ProcessEnv = process.env): string {
  return environment.npm_command === undefined ? 'clipwright' : 'npx clipwright'
}
