import { expect, test } from 'vitest'
import { fixedEffects } from '#src/effects.ts'
import { counted } from '#src/main/counted.ts'
import { createMetrics } from '#src/metrics.ts'
import { ChartroomError } from '#src/vocabulary/errors.ts'
import { createRoomEngine } from '#test/fakes/room-engine.ts'

test('questions of the room are counted by planner and end, and timed', async () => {
  const metrics = createMetrics()
  const ask = counted(createRoomEngine().useCases.ask, 'room', { metrics, ...fixedEffects() })
  const running = { signal: new AbortController().signal, onStatus: () => undefined }
  for (const text of ['anything', 'anything', 'help']) await ask({ text }, running)
  await expect(ask({ text: 'time out' }, running)).rejects.toBeInstanceOf(ChartroomError)
  const lines = (await metrics.page()).text.split('\n')
  expect(lines.filter(line => line.startsWith('chartroom_questions_total'))).toEqual([
    'chartroom_questions_total{platform="room",status="answered",planner="rules"} 2',
    'chartroom_questions_total{platform="room",status="told",planner="rules"} 1',
    'chartroom_questions_total{platform="room",status="failed",planner="none"} 1',
  ])
  expect(lines).toContain('chartroom_step_seconds_count{step="answer"} 3')
})
