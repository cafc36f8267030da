import { readFileSync } from 'node:fs'

/** Watches the memory of processes; what is given back ends that and gives the most that one had in MB. Only Linux tells. */
export const peakOf = (pids: () => number[]): (() => number) => {
  let most = 0
  const look = () => {
    most = Math.max(most, ...pids().map(residentMb))
  }
  const timer = setInterval(look, 10)
  return () => {
    look()
    clearInterval(timer)
    return Math.round(most)
  }
}

const residentMb = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}

/** Processes that a process started. */
export const childrenOf = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)
  } catch {
    return []
  }
}
