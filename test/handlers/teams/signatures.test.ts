import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSignatures } from '#handlers/teams/signatures.ts'
import { type FakeTeams, startTeams } from '#test/fakes/teams/teams.ts'
import { startBot } from './bot.ts'

let teams: FakeTeams
let now = 0
beforeEach(async () => {
  now = 1000
  teams = await startTeams()
})
afterEach(() => teams.stop())

const signatures = () => createSignatures(`${teams.url}/v1/.well-known/keys`, { ticks: () => now })
const good = async () => (await teams.tokens.forBot())!
const ofUnknownKey = async () => (await teams.tokens.forBot('unknown-kid'))!

test('a good token is let through, and the keys are asked for once', async () => {
  const isSigned = signatures()
  expect(await Promise.all([isSigned(await good()), isSigned(await good())])).toEqual([true, true])
  now += 3_600_000
  expect(await isSigned(await good())).toBe(true)
  expect(teams.keysAsked()).toBe(1)
})

test.each(['wrong-key', 'unknown-kid', 'hs256', 'unsigned', 'garbage'] as const)('%s is not', async flaw => {
  expect(await signatures()((await teams.tokens.forBot(flaw))!)).toBe(false)
})

test.each(['', '.', '..', 'e30.e30.e30', `${Buffer.from('null').toString('base64url')}.e30.e30`])(
  '%j is not, and nobody is asked about it',
  async token => {
    expect(await signatures()(token)).toBe(false)
    expect(teams.keysAsked()).toBe(0)
  },
)

test('a changed part of a good token is noticed', async () => {
  const [head, , signature] = (await good()).split('.')
  expect(await signatures()([head, 'e30', signature].join('.'))).toBe(false)
})

test('any number of tokens of unknown keys ask for the keys once in half a minute', async () => {
  const isSigned = signatures()
  for (let i = 0; i < 100; i++) await isSigned(await ofUnknownKey())
  expect(teams.keysAsked()).toBe(1)
  now += 29_999
  await isSigned(await ofUnknownKey())
  expect(teams.keysAsked()).toBe(1)
  now += 1
  await isSigned(await ofUnknownKey())
  expect(teams.keysAsked()).toBe(2)
})

test('a key that has come since is found after half a minute, the others still hold meanwhile', async () => {
  const isSigned = signatures()
  expect(await isSigned(await good())).toBe(true)
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomUUID()
  teams.tokens.keys.keys.push({ ...(await exportJWK(publicKey)), kid })
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey)
  expect(await isSigned(token)).toBe(false)
  expect(await isSigned(await good())).toBe(true)
  now += 30_000
  expect(await isSigned(token)).toBe(true)
})

test('keys that cannot be had, or are none, are asked for again after a second', async () => {
  const isSigned = signatures()
  teams.script({ on: 'keys', status: 503 })
  expect(await isSigned(await good())).toBe(false)
  now += 1000
  expect(await isSigned(await good())).toBe(true)
})

test('a key that nobody can read does not spoil the others', async () => {
  teams.tokens.keys.keys.unshift({ kid: 'odd', kty: 'RSA', n: 5 }, { kid: 'ec', kty: 'EC' })
  expect(await signatures()(await good())).toBe(true)
})

test('the bot asks for keys once, however many tokens of unknown keys come', async () => {
  const bot = await startBot()
  for (let i = 0; i < 20; i++) await bot.teams.message({ text: 'revenue', token: 'unknown-kid' })
  expect(bot.teams.keysAsked()).toBe(1)
  expect((await bot.teams.message({ text: 'revenue' })).status).toBe(200)
  await bot.stop()
})
