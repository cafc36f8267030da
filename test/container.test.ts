import { execFile, execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DCLinter } from 'dclint'
import { validate } from 'dockerfile-utils'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compileCache } from '#src/compile-cache.ts'
import { openFakeOpenAi } from '#test/fakes/openai.ts'

const dockerfile = readFileSync('Dockerfile', 'utf8')
const compose = parse(readFileSync('compose.yaml', 'utf8')).services.chartroom as Record<string, unknown>

/** What the last stage takes from the build context. */
const copied = dockerfile
  .split('\n')
  .filter(line => line.startsWith('COPY ') && !line.includes('--from'))
  .flatMap(line => line.split(' ').slice(1, -1))

describe('the container', () => {
  test('Dockerfile and compose.yaml have nothing that a linter minds', () => {
    expect(validate(dockerfile)).toEqual([])
    const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] })
    const problems = linter
      .lintFiles(['compose.yaml'], false)
      .flatMap(({ messages }: { messages: unknown[] }) => messages)
    expect(problems).toEqual([])
  })

  test('runs as a user without rights, with a health check, and in production', () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf('FROM '))
    expect(last).toMatch(/^USER node$/m)
    expect(last).toMatch(/^HEALTHCHECK /m)
    expect(last).toMatch(/^ENV NODE_ENV=production/m)
    expect(compose).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] })
  })

  test('lets in what is copied and nothing else: no .env, no data, no git', () => {
    const allowed = readFileSync('.dockerignore', 'utf8').trim().split('\n')
    expect(allowed[0]).toBe('*')
    expect(allowed.slice(1).toSorted()).toEqual([...new Set(copied)].map(name => `!${name}`).toSorted())
  })

  test('holds everything that an answer needs', () => {
    const folder = mkdtempSync(join(tmpdir(), 'container-'))
    try {
      for (const name of new Set(copied)) cpSync(name, join(folder, name), { recursive: true })
      symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
      const env = { CHARTROOM_HOME: join(folder, 'data'), NUM_ORDERS: '200', ...compileCache() }
      const args = ['src/main.ts', 'ask', 'orders by category', '--json', '--png', join(folder, 'chart.png')]
      const reply = JSON.parse(
        execFileSync(process.execPath, args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe' }),
      )
      expect(reply).toMatchObject({ status: 'answered' })
      expect(readFileSync(join(folder, 'chart.png')).subarray(1, 4).toString()).toBe('PNG')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('holds what a language model is sent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'container-'))
    const step = { kind: 'sql', sql: 'SELECT count(*) AS orders FROM orders', says: 'Orders', look: false }
    const model = await openFakeOpenAi(() => ({ json: { thought: '', step } }))
    try {
      for (const name of new Set(copied)) cpSync(name, join(folder, name), { recursive: true })
      symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'))
      const env = { CHARTROOM_HOME: join(folder, 'data'), NUM_ORDERS: '200', OPENAI_BASE_URL: model.url }
      const args = ['src/main.ts', 'ask', 'how long do punters wait before they come back', '--json']
      const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env })
      expect(JSON.parse(stdout)).toMatchObject({ status: 'answered', receipt: { origin: 'generated' } })
    } finally {
      await model.close()
      rmSync(folder, { recursive: true })
    }
  })
})
