#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

// With much memory in the machine V8 lets the heap grow to several times what is held: bursts of mentions left half a gigabyte more
// (`npm run bench -- --long --only slack`). By a quarter at a time, no answer takes longer.
setFlagsFromString('--heap-growing-percent=25')

// Node reads our code as it is written; kept compiled, it is loaded in a third of the time. Where nothing can be kept, it is as without.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
const { main } = await import('./main/program.ts')
await main()
