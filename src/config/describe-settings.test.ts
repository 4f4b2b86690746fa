import { expect, it } from 'vitest'
import { describeSettings } from './describe-settings.ts'
import { loadSettings } from './load-settings.ts'
import { settingsSchema } from './settings.ts'

const environment = {
  PORT: '4100',
  OPENAI_API_KEY: 'sk-very-secret',
  DATABASE_URL: 'postgresql://me:hunter2@db/clipwright',
  OPENAI_COMPATIBLE_URL: 'http://me:hunter2@llm.local/v1',
  OPENAI_COMPATIBLE_MODEL: 'llama',
}
const described = describeSettings(loadSettings(environment), environment)
const of = (name: string) => described.find((setting) => setting.name === name)

it('says of every setting what it means', () => {
  expect(described.map(({ name }) => name)).toEqual(Object.keys(settingsSchema.shape))
  expect(described.filter(({ meaning }) => meaning.length < 10)).toEqual([])
})

it('says where a value comes from', () => {
  expect(of('PORT')).toMatchObject({ value: 4100, from: 'environment', isSet: true })
  expect(of('HOST')).toMatchObject({ value: '127.0.0.1', from: 'usual', isSet: true })
  expect(of('YTDLP_PATH')).toMatchObject({ value: null, from: 'usual', isSet: false })
})

it('tells no secrets, not even in an address', () => {
  expect(JSON.stringify(described)).not.toMatch(/very-secret|hunter2/)
  expect(of('OPENAI_API_KEY')).toMatchObject({ value: null, isSecret: true, isSet: true })
  expect(of('MISTRAL_API_KEY')).toMatchObject({ isSecret: true, isSet: false })
  expect(of('DATABASE_URL')).toMatchObject({ value: null, isSecret: true, isSet: true })
})

it('takes whatever sounds like a secret for one', () => {
  const suspect = described.filter(({ name, isSecret }) => /KEY|TOKEN|SECRET|PASSWORD/.test(name) && !isSecret)
  // Numbers of tokens are no tokens.
  expect(suspect.filter(({ name }) => !/TOKENS/.test(name)).map(({ name }) => name)).toEqual([])
})
