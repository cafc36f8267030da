import { processIo } from '#handlers/cli/io.ts'
import { runCli } from '#handlers/cli/run.ts'
import type { CliTools } from '#handlers/cli/tools.ts'
import { processEnvironment } from '../config.ts'
import { type Effects, realEffects } from '../effects.ts'
import { nearest } from '../semantic/near.ts'
import { broughtLater, openDatasets } from './brought-later.ts'
import { classifyLater } from './classify.ts'
import { openModel } from './model.ts'
import { configured, logger, openStore, openStoreWithFiles, version } from './settings.ts'

/** The composition root: config → effects → engine → handlers. Wiring only. */
export const main = async (): Promise<void> => {
  const io = processIo(process, processEnvironment())
  process.exitCode = await runCli(process.argv.slice(2), tools(realEffects), io)
}

const manifestDefaults = {
  settings: () => {
    const { teams, public: listener } = configured()
    return { url: listener.url, clientId: teams.clientId }
  },
  version,
}

const tools = (effects: Effects): CliTools => ({
  open: async options => {
    const { createSession, openMachinery } = await import('./session.ts')
    const warn = (event: string, error: unknown) => logger().debug({ event, err: error })
    const model = options.llm ? await openModel({ config: configured(), warn }, effects) : undefined
    const { brought, datasets, close } = broughtLater(effects)
    const session = createSession(
      await openMachinery(options, effects),
      {
        workOut: model?.workOut,
        retell: configured().model.tellsAll ? model?.retell : undefined,
        brought,
        // Data that was given is none that was brought.
        datasets: options.data === undefined ? datasets : undefined,
        classify: classifyLater({ config: configured(), warn }, effects),
      },
      effects,
    )
    return { ...session, close: () => Promise.all([session.close(), close()]).then(() => undefined) }
  },
  near: (word, among) => nearest(word, among),
  version,
  effects,
  report: (error, incident) => logger().error({ incident, err: error }, 'unforeseen'),
  commands: {
    serve: {
      usage: 'serve',
      summary: 'Open the local room and its listener; the same as npm start.',
      takesArguments: false,
      run: async (_, io) => {
        const { serve } = await import('./serve.ts')
        return serve(io, effects)
      },
    },
    doctor: {
      usage: 'doctor [--data <url>]',
      summary: 'Check data, fonts, processes, ports, settings and a database, and say what to fix.',
      takesArguments: true,
      run: async (args, io) => {
        const { diagnose } = await import('./diagnose.ts')
        return diagnose(args, io, effects)
      },
    },
    manifest: {
      usage: 'manifest slack|teams [options]',
      summary: 'Write the app for Slack or Teams, ready to upload; docs/guides says how.',
      takesArguments: true,
      run: async (args, io) => {
        const { writeManifest } = await import('../manifest/command.ts')
        return writeManifest(args, io, manifestDefaults)
      },
    },
    sample: {
      usage: 'sample --to <url>',
      summary: 'Load the sample shop into a PostgreSQL database.',
      takesArguments: true,
      run: async (args, io) => {
        const { sampleCommand } = await import('../sample/postgres/command.ts')
        return sampleCommand(args, io, () => configured().sample)
      },
    },
    eval: {
      usage: 'eval [file] [options]',
      summary: 'Ask worked questions and compare with queries written by hand.',
      takesArguments: true,
      run: async (args, io) => {
        const { evaluateQuestions } = await import('./evaluate.ts')
        return evaluateQuestions(args, io, effects)
      },
    },
    import: {
      usage: 'import <file> [--name <name>] [--into <dataset>]',
      summary: 'Make a CSV, TSV, Parquet, JSON or Excel file a dataset that can be asked by its name.',
      takesArguments: true,
      run: async (args, io) => {
        const { importCommand } = await import('../datasets/command.ts')
        return importCommand(args, io, () => openDatasets(effects))
      },
    },
    harden: {
      usage: 'harden <url>',
      summary: 'Print SQL for a PostgreSQL user that may only read. Runs none of it.',
      takesArguments: true,
      run: async (args, io) => {
        const { hardenCommand } = await import('../harden/command.ts')
        return hardenCommand(args, io)
      },
    },
    forget: {
      usage: 'forget <user>',
      summary: 'Delete everything that is kept of a person: U123, or slack:T1:U123.',
      takesArguments: true,
      run: async (args, io) => {
        const { forgetPerson } = await import('../store/commands.ts')
        return forgetPerson(args, io, () => openStoreWithFiles(effects))
      },
    },
    export: {
      usage: 'export <user>',
      summary: 'Print everything that is kept of a person as JSON.',
      takesArguments: true,
      run: async (args, io) => {
        const { exportPerson } = await import('../store/commands.ts')
        return exportPerson(args, io, () => openStore(effects))
      },
    },
  },
})
