import { ChartroomError } from '#src/vocabulary/errors.ts'
import { type Check, type Finding, fail } from './check.ts'

export type DoctorIo = {
  out: (text: string) => Promise<void>
  colour: boolean
  /** The longest that one check may take, in milliseconds. */
  patience?: number
}

/** Runs all checks at once and prints one after the other, each with what to do about it. Gives the exit code: 1 when one failed. Never throws. */
export const doctor = async (
  checks: readonly Check[],
  { out, colour, patience = 20_000 }: DoctorIo,
): Promise<0 | 1> => {
  const width = Math.max(0, ...checks.map(({ name }) => name.length))
  const running = checks.map(check => findingOf(check, patience))
  const findings: Finding[] = []
  for (const [i, { name }] of checks.entries()) {
    const finding = await running[i]!
    findings.push(finding)
    await out(line(name.padEnd(width), finding, colour))
  }
  await out(`\n${verdict(findings)}\n`)
  return findings.some(({ status }) => status === 'fail') ? 1 : 0
}

const findingOf = async ({ run }: Check, patience: number): Promise<Finding> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Finding>(resolve => {
    const seconds = Math.round(patience / 1000)
    timer = setTimeout(
      resolve,
      patience,
      fail(`No result after ${seconds} seconds.`, 'Try again when the machine is less busy.'),
    )
  })
  try {
    return await Promise.race([Promise.resolve().then(run), late])
  } catch (error) {
    return failureOf(error)
  } finally {
    clearTimeout(timer)
  }
}

/** Only our own errors have sentences for people; of any other, no word is shown. */
const failureOf = (error: unknown): Finding =>
  error instanceof ChartroomError
    ? fail(error.message, error.next)
    : fail('It did not work, for a reason that was not foreseen.', 'Start with LOG_LEVEL=debug and look at the log.')

const marks = { ok: ['✓', 32], warn: ['!', 33], fail: ['✗', 31] } as const

const line = (name: string, { status, sentence, fix }: Finding, colour: boolean) => {
  const [mark, code] = marks[status]
  const shown = colour ? `\u001b[${code}m${mark}\u001b[39m` : mark
  const indent = `\n${' '.repeat(name.length + 4)}`
  return `${shown} ${name}  ${sentence.replaceAll('\n', indent)}${fix ? `${indent}→ ${fix}` : ''}\n`
}

const verdict = (findings: Finding[]) => {
  const count = (status: Finding['status']) => findings.filter(f => f.status === status).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed + warned === 0) return 'All is well.'
  const parts = [failed > 0 ? `${failed} failed` : '', warned > 0 ? `${warned} to look at` : '', `${count('ok')} fine`]
  return `${parts.filter(Boolean).join(', ')}.`
}
