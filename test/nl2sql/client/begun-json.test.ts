import { expect, test } from 'vitest'
import { begunJson } from '#src/nl2sql/client/begun-json.ts'

const whole = { a: { t: 'x "{[" \\ y', c: ['1', '2'] }, b: [{ t: 'é', c: [] }, [1, 2]] }
const text = JSON.stringify(whole)

test('of a whole text it is all, whatever stands around it', () => {
  expect(begunJson(text)).toEqual(whole)
  expect(begunJson(`\`\`\`json\n${text}\n\`\`\` and }]`)).toEqual(whole)
})

test('of each beginning it is what has ended by then, and always the beginning of the whole', () => {
  for (let i = 0; i < text.length; i++) {
    const begun = begunJson(text.slice(0, i)) as Partial<typeof whole> | undefined
    if (begun === undefined) continue
    if (begun.b) expect(whole.b.slice(0, begun.b.length).length).toBe(begun.b.length)
    if (begun.a?.t !== undefined) expect(begun.a.t).toBe(whole.a.t)
  }
  expect(begunJson('{"a":{"t":"x"},"b":[{"t":"é"},{"t":"un')).toEqual({ a: { t: 'x' }, b: [{ t: 'é' }] })
})

test.each(['', '{', '{"a": "}]"', '[1, 2]', 'no {', '{"a": 1]', '{]', '{"a": nothing}'])(
  'of %j it is nothing',
  begun => {
    expect(begunJson(begun)).toBeUndefined()
  },
)
