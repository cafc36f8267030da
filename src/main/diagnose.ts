import type { CliIo } from '#handlers/cli/io.ts'
import { fontFiles } from '#renderers/chart/font-files.ts'
import { createPainters } from '#renderers/chart/png.ts'
import { doctorChecks } from '../doctor/checks.ts'
import { doctor } from '../doctor/doctor.ts'
import { readGiven } from '../doctor/given.ts'
import type { Effects } from '../effects.ts'
import type { Chart } from '../vocabulary/chart.ts'
import { configured, openStore } from './settings.ts'

/** `chartroom doctor`. */
export const diagnose = async (args: string[], io: CliIo, effects: Effects): Promise<number> => {
  const warehouse = await readGiven(args)
  const painters = createPainters()
  try {
    const needs = {
      read: configured,
      paint: () => painters.paint(testChart, 'light'),
      answersAsChartroom: (port: number) => fetch(`http://127.0.0.1:${port}/healthz`).then(r => r.ok),
      fonts: fontFiles(),
      nodeVersion: process.versions.node,
      openState: () => openStore(effects),
      warehouse,
      fetch,
    }
    return await doctor(doctorChecks(needs, effects), io)
  } finally {
    await painters.close()
  }
}

const testChart: Chart = {
  kind: 'kpi',
  title: 'A test',
  subtitle: 'One number',
  alt: 'The number 42',
  value: 42,
  format: { kind: 'integer' },
}
