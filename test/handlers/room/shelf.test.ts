import { describe, expect, it } from 'vitest'
import { createShelf } from '#handlers/room/shelf.ts'
import { told } from '#test/fakes/room-answers.ts'

describe('the shelf of answers', () => {
  it('keeps the latest ones and lets the one go that was not used for longest', () => {
    const shelf = createShelf(2)
    shelf.put(told('a', 'help'))
    shelf.put(told('b', 'help'))
    shelf.get('a')
    shelf.put(told('c', 'help'))
    expect(['a', 'b', 'c'].map(id => shelf.get(id)?.id)).toEqual(['a', undefined, 'c'])
  })

  it('takes an answer with the same id as the same', () => {
    const shelf = createShelf(2)
    shelf.put(told('a', 'one'))
    shelf.put(told('a', 'two'))
    shelf.put(told('b', 'help'))
    expect(shelf.get('a')?.question).toBe('two')
  })
})
