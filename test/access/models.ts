import { readFileSync } from 'node:fs'
import { completeModel } from '#src/semantic/complete.ts'
import { loadModel } from '#src/semantic/load.ts'
import type { Model } from '#src/semantic/model.ts'

/** A complete model from YAML. */
export const modelFrom = (yaml: string): Model => completeModel(loadModel(yaml, 'model.yaml'))

/** The shop that comes with the program. */
export const shop = modelFrom(readFileSync(new URL('../../sql/domains/ecommerce/model.yaml', import.meta.url), 'utf8'))

/** Flights with two joins to one table, a table that hangs on nothing, one that lists its columns, and times with a zone. */
export const flights = modelFrom(`
domain: flights
zone: Europe/Berlin
tables:
  flights: { key: id, time: flown_at, columns: { id: number, carrier: text, origin: text, destination: text, flown_at: timestamptz, miles: number, late: boolean } }
  airports: { key: code }
  bookings: { key: [flight, seat] }
  crews: { key: id, columns: { id: number, base: text } }
joins:
  - { name: from_there, from: flights.origin, to: airports.code }
  - { name: to_there, from: flights.destination, to: airports.code }
  - { from: bookings.flight, to: flights.id }
dimensions:
  flown_at: { column: flights.flown_at }
  carrier: { column: flights.carrier }
  late: { column: flights.late }
  miles: { column: flights.miles, comparable: true }
  origin: { column: airports.city, via: from_there }
  destination: { column: airports.city, via: to_there }
  mixed: { table: bookings, expression: fare * flights.miles, type: number }
  doubled: { table: flights, expression: miles * 2, type: number }
measures:
  flights: { table: flights, count: id, description: Flights. }
  fares: { table: bookings, sum: fare, description: What was paid. }
  crew_members: { table: crews, count: id, description: People. }
`)
