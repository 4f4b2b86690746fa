import { expect, it } from 'vitest'
import type { SpeechStates } from '../../compose.ts'
import { checkTranscribers } from './check-transcribers.ts'

const service = (changes: Partial<SpeechStates['services'][number]> = {}): SpeechStates['services'][number] => ({
  service: 'openai',
  label: 'OpenAI',
  models: ['whisper-1', 'gpt-transcribe'],
  usdPerHour: 0.36,
  isAgreed: true,
  breaker: { state: 'closed' },
  lastProblem: null,
  ...changes,
})
const states = (changes: Partial<SpeechStates>): SpeechStates => ({
  services: [],
  spentToday: 0,
  usdPerDay: 10,
  ...changes,
})

it('says who is ready, who waits for a word, and what the others lack', () => {
  const lacking = service({ service: 'xai', label: 'xAI', models: [], usdPerHour: null })
  const asked = service({ service: 'mistral', label: 'Mistral', models: ['voxtral-mini-2602'], isAgreed: false })
  const found = checkTranscribers(states({ services: [service(), asked, lacking] }))
  expect(found.map((check) => [check.status, check.found])).toEqual([
    ['ok', 'OpenAI (whisper-1, then gpt-transcribe): ready, about $0.36 an hour'],
    ['ok', 'Mistral (voxtral-mini-2602): ready, asked only with --transcribe cloud, about $0.36 an hour'],
    ['ok', 'no key: xAI (XAI_API_KEY)'],
  ])
})

it('warns of one that fails, with its last words', () => {
  const until = new Date('2026-11-22T12:34:56Z')
  const [check] = checkTranscribers(
    states({ services: [service({ breaker: { state: 'open', until }, lastProblem: 'OpenAI is overloaded.' })] }),
  )
  expect(check).toMatchObject({
    status: 'warn',
    found:
      'OpenAI (whisper-1, then gpt-transcribe): ready, about $0.36 an hour, left alone until 12:34:56 UTC. Last: OpenAI is overloaded.',
  })
})

it('warns when the budget of the day is spent', () => {
  expect(checkTranscribers(states({ spentToday: 2 }))).toMatchObject([
    { status: 'ok', found: '$2.00 of $10 spent on listening in 24 hours' },
  ])
  expect(checkTranscribers(states({ spentToday: 10 }))).toMatchObject([{ status: 'warn' }])
})
