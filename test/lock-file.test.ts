import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

type Locked = { version?: string; optionalDependencies?: Record<string, string> }
type Lock = { packages: Record<string, Locked> }

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
const wanted = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>

/** A registry that mirrors only some platforms makes `npm install` leave the others out; `npm ci` then fails everywhere. */
test('package-lock.json has the package of every platform, so that npm ci works on all of them', () => {
  const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) =>
    Object.keys(optionalDependencies).filter(name => !Object.hasOwn(packages, `node_modules/${name}`)),
  )
  expect(missing).toEqual([])
})

test('every dependency has an exact version, and the lock file has that one', () => {
  const exact = { ...wanted.dependencies, ...wanted.devDependencies }
  for (const [name, version] of Object.entries(exact)) {
    const plain = version.replace(/^npm:.+@/, '')
    expect([name, plain]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+/)])
    expect([name, packages[`node_modules/${name}`]?.version]).toEqual([name, plain])
  }
})
