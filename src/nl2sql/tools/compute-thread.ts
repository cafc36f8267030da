import { parentPort, workerData } from 'node:worker_threads'
import { getQuickJS, type QuickJSContext } from 'quickjs-emscripten'
import type { Work, Worked } from './compute.ts'

/** The thread: runs one program in an interpreter without anything around it, and says what it gave. */
const { code, rows, memoryBytes, steps } = workerData as Work

const evaluate = (context: QuickJSContext): Worked => {
  const given = context.newString(JSON.stringify(rows))
  context.setProp(context.global, 'given', given)
  given.dispose()
  const result = context.evalCode(
    `globalThis.rows = JSON.parse(given); JSON.stringify((0, eval)(${JSON.stringify(code)}))`,
  )
  if (result.error) {
    const thrown: unknown = context.dump(result.error)
    result.error.dispose()
    return { problem: wordsOf(thrown) }
  }
  const json: unknown = context.dump(result.value)
  result.value.dispose()
  return typeof json === 'string' ? { json } : { problem: 'It gives nothing.' }
}

const wordsOf = (thrown: unknown): string => {
  const message = typeof thrown === 'object' && thrown && 'message' in thrown ? String(thrown.message) : String(thrown)
  return /interrupted/.test(message) ? 'It takes too long.' : message.slice(0, 300)
}

const runtime = (await getQuickJS()).newRuntime()
runtime.setMemoryLimit(memoryBytes)
runtime.setMaxStackSize(256 * 1024)
let left = steps
runtime.setInterruptHandler(() => --left < 0)
const context = runtime.newContext()
parentPort?.postMessage(evaluate(context))
