import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { evaluateSet, type TaskResult } from '../../evaluation/evaluate-set.ts'
import { type EvaluationDocument, evaluationDocument } from '../../evaluation/evaluation-document.ts'
import { evaluationPlot } from '../../evaluation/evaluation-plot.ts'
import { asMarkdown, evaluationTable } from '../../evaluation/evaluation-tables.ts'
import { findSets } from '../../evaluation/find-sets.ts'
import { type Label, readLabelledSet } from '../../evaluation/labelled-recording.ts'
import { productFinders } from '../../evaluation/product-finders.ts'
import { createPaint, shouldColour } from '../terminal/create-paint.ts'
import { exitCodeOf, exitCodes } from '../terminal/exit-codes.ts'
import { printError } from '../terminal/print-error.ts'
import { type EvalCommand, readEvalOptions } from './eval-options.ts'
import { evaluationText } from './evaluation-text.ts'

/** `clipwright eval DATA`: how good the picks are, on recordings with people's labels. Returns the exit status. */
export async function evaluate(data: string, options: object): Promise<number> {
  const json = 'json' in options && options.json === true
  try {
    const command = readEvalOptions({ data, options, known: Object.keys(productFinders) })
    const results = await measure(command)
    const document = evaluationDocument({
      results,
      labels: { kind: command.kind, notKind: command.notKind },
      at: new Date(),
    })
    if (command.out !== null) await writeResults(command.out, document, results)
    process.stdout.write(
      json
        ? `${JSON.stringify(document, null, 2)}\n`
        : evaluationText(results.map(evaluationTable), {
            paint: createPaint(shouldColour(process.stdout)),
            width: process.stdout.columns ?? 160,
          }),
    )
    if (command.out !== null && !json) process.stdout.write(`\nWritten to ${command.out}\n`)
    return exitCodes.ok
  } catch (error) {
    printError(error, { json })
    return exitCodeOf(error)
  }
}

async function measure({ data, task, kind, notKind, detectors }: EvalCommand): Promise<TaskResult[]> {
  const results: TaskResult[] = []
  const counts = (label: Label) =>
    (kind === null || label.kind.includes(kind)) && (notKind === null || !label.kind.includes(notKind))
  for (const { name, path } of await findSets(data)) {
    const recordings = await readLabelledSet(path)
    const found = await evaluateSet({
      name,
      recordings,
      finders: detectors.flatMap((detector) => productFinders[detector] ?? []),
      counts,
      ...(task === undefined ? {} : { tasks: [task] }),
      onProgress: (done, all, now) => sayProgress(`${name}, ${now}: ${done} of ${all}`, done === all),
    })
    results.push(...found)
  }
  return results
}

/** One line that is written over, on a terminal only: a pipe wants the result. */
function sayProgress(text: string, ended: boolean): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\u001b[K${ended ? '' : text}`)
}

async function writeResults(folder: string, document: EvaluationDocument, results: TaskResult[]): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'evaluation.json'), `${JSON.stringify(document, null, 2)}\n`)
  await writeFile(
    join(folder, 'evaluation.md'),
    results.map((result) => asMarkdown(evaluationTable(result))).join('\n'),
  )
  await writeFile(join(folder, 'evaluation.svg'), evaluationPlot(results))
}
