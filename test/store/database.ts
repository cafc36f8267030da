import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import pg from 'pg'
import { inject } from 'vitest'
import { realEffects } from '#src/effects.ts'
import { connectDatabase, type Database } from '#src/store/database.ts'
import { migrate } from '#src/store/migrate.ts'
import type { Address } from '#src/store/server/seat.ts'

/** A database that a test file has for itself. Its user may do everything on the server, also make roles: name them after the database. */
export type TestDatabase = { address: Address; drop: () => Promise<void> }

/** Makes an empty database on the PostgreSQL of this run. To be dropped in `afterAll`, with whoever is still connected. */
export const createTestDatabase = async (): Promise<TestDatabase> => {
  const address = await reachServer()
  const database = `test_${process.pid}_${Math.random().toString(36).slice(2, 10)}`
  await onServer(address, `create database ${database}`)
  return {
    address: { ...address, database },
    drop: () => onServer(address, `drop database ${database} with (force)`),
  }
}

/** A database with the tables of the store, and connections to it. */
export const openTestState = async (): Promise<{
  database: Database
  address: Address
  close: () => Promise<void>
}> => {
  const { address, drop } = await createTestDatabase()
  const database = connectDatabase(address)
  await migrate(database, realEffects)
  const close = async () => {
    await database.close()
    await drop()
  }
  return { database, address, close }
}

/** How the PostgreSQL of this run is reached, at its database `postgres`, which stays empty. */
export const reachServer = async (): Promise<Address> => {
  const said = JSON.parse(await text(connect(inject('postgres'), '127.0.0.1'))) as
    | { address: Address }
    | { problem: string }
  if ('problem' in said) throw new Error(said.problem)
  return said.address
}

const onServer = async (address: Address, statement: string) => {
  const client = new pg.Client(address)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
