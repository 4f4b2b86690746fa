import { findWordTimeVoice } from '../../compose.ts'
import type { DoctorCheck } from './doctor-report.ts'

/** Whether the words of captions can be found in the sound. @throws EspeakBroken when a setting names one that does not work */
export async function checkSynthesiser(named: string | undefined): Promise<DoctorCheck> {
  const voice = await findWordTimeVoice(named)
  if (voice !== null) {
    const found = `words of captions are found in the sound, with ${voice.fingerprint}`
    return { name: 'word times', status: 'ok', found, mend: null }
  }
  const isOff = named === 'off'
  return {
    name: 'word times',
    status: 'ok',
    found: `estimates where a transcript has none (${isOff ? 'ESPEAK_PATH is off' : 'no espeak-ng'})`,
    mend: isOff
      ? null
      : 'With espeak-ng installed, words light up when they are said: apt install espeak-ng, or brew install espeak-ng.',
  }
}
