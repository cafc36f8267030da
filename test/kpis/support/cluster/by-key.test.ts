import { describe, expect, test } from 'vitest'
import type { Classified, ClusterId } from '#src/kpis/support/classify.ts'
import { classifyByKey } from '#src/kpis/support/cluster/by-key.ts'
import { keepClusters } from '#src/kpis/support/cluster/kept-clusters.ts'

/** A log in which the text of key `a` is `text a`. */
const logOf = () => {
  const fetched: string[][] = []
  const textsOf = async (keys: readonly string[]) => {
    fetched.push([...keys])
    return keys.map(key => ({ key, text: `text ${key}` }))
  }
  return { fetched, textsOf }
}

/** Puts every text in cluster 3. */
const threes = (rest: Omit<Classified, 'clusters'> = { by: 'rules' }) => {
  const asked: string[][] = []
  const classify = async (texts: readonly string[]) => {
    asked.push([...texts])
    return { ...rest, clusters: new Map(texts.map((text): [string, ClusterId] => [text, 3])) }
  }
  return { asked, classify }
}

describe('classifying by keys', () => {
  test('fetches and classifies only what was not classified before', async () => {
    const { fetched, textsOf } = logOf()
    const { asked, classify } = threes()
    const byKey = classifyByKey(classify)
    expect(await byKey(['a', 'b'], textsOf)).toEqual({ clusters: [3, 3], by: 'rules', leftToRules: 0 })
    expect(await byKey(['c', 'a', 'b'], textsOf)).toEqual({ clusters: [3, 3, 3], by: 'rules', leftToRules: 0 })
    expect(await byKey(['b'], textsOf)).toEqual({ clusters: [3], by: 'rules', leftToRules: 0 })
    expect(fetched).toEqual([['a', 'b'], ['c']])
    expect(asked).toEqual([['text a', 'text b'], ['text c'], []])
  })

  test('asks again about what was left to the rules, and says by whom the others were decided', async () => {
    const { fetched, textsOf } = logOf()
    let left: Classified = { by: 'model', clusters: new Map([['text a', 1]]), leftToRules: new Set(['text b']) }
    const byKey = classifyByKey(async () => left)
    expect(await byKey(['a', 'b'], textsOf)).toEqual({ clusters: [1, 0], by: 'model', leftToRules: 1 })
    left = { by: 'rules', clusters: new Map([['text b', 2]]), leftToRules: new Set(['text b']) }
    expect(await byKey(['a', 'b'], textsOf)).toEqual({ clusters: [1, 2], by: 'model', leftToRules: 1 })
    expect(await byKey(['b'], textsOf)).toEqual({ clusters: [2], by: 'rules', leftToRules: 1 })
    expect(fetched).toEqual([['a', 'b'], ['b'], ['b']])
  })

  test('puts a text that is gone from the log meanwhile in the catch-all, and does not keep that', async () => {
    const byKey = classifyByKey(threes().classify)
    expect((await byKey(['a'], async () => [])).clusters).toEqual([0])
    expect((await byKey(['a'], logOf().textsOf)).clusters).toEqual([3])
  })

  test('forgets all when it knows too many, and is right all the same', async () => {
    const { fetched, textsOf } = logOf()
    const byKey = classifyByKey(threes().classify, keepClusters(2))
    expect((await byKey(['a', 'b', 'c'], textsOf)).clusters).toEqual([3, 3, 3])
    expect((await byKey(['a', 'b', 'c'], textsOf)).clusters).toEqual([3, 3, 3])
    expect(fetched).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b'],
    ])
  })
})
