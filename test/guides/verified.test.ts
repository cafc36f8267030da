import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseCommand } from '#handlers/commands/parse.ts'

const guide = readFileSync(resolve(import.meta.dirname, '../../docs/guides/verified.md'), 'utf8')

const written = [...guide.matchAll(/`(data [^`]+)`/g)].map(([, text = '']) => text)
const said = /^```text\n(.*?)^```/ms.exec(guide)?.[1]?.trim().split('\n') ?? []

describe('the guide to verified answers', () => {
  test('has commands that are read as such', () => {
    const kinds = [...new Set([...written, ...said])].map(text => [text, parseCommand(text).kind])
    expect(kinds).toEqual([
      ['data verified', 'data-verified'],
      ['data unverify 3', 'data-verified'],
      ['data review', 'data-review'],
      ['data review 12 example', 'data-review'],
      ['data review 12 synonym gizmo = product', 'data-review'],
      ['data review 12 rule never count test orders', 'data-review'],
      ['data review 12 resolved', 'data-review'],
      ['data review 12 ignored', 'data-review'],
      ['data lessons', 'data-review'],
      ['data forget lesson 4', 'data-review'],
      ['data verify', 'data-verified'],
      ['data verify as Finance team', 'data-verified'],
    ])
  })
})
