import { sigmoid } from '../../../worker/sentiment/logistic.ts'

/** Texts as buckets: those of text i are `buckets[offsets[i] .. offsets[i + 1]]`. */
export interface Rows {
  buckets: Uint32Array
  offsets: Uint32Array
  scale: Float64Array
}

/** What one head learns: a target in [0, 1] and a weight for every row, and the rows' fixed bias groups. */
export interface Task {
  target: Float64Array
  weight: Float64Array
  group: Uint8Array
  groups: number
}

export interface Head {
  weights: Float32Array
  bias: Float64Array
}

export const settings = { alpha: 0.12, beta: 1, l1: 2.2, l2: 0.5, epochs: 4 }

/**
 * Logistic regression by FTRL-Proximal (McMahan et al. 2013, "Ad Click Prediction"), rows in the given order;
 * every bias group has a bias of its own, learned with the same rule and no L1.
 */
export function trainHead(rows: Rows, task: Task, order: Uint32Array[], size: number): Head {
  const { alpha, beta, l1, l2 } = settings
  const z = new Float32Array(size + task.groups)
  const n = new Float32Array(size + task.groups)
  const weightOf = (i: number) => {
    const zi = z[i] ?? 0
    const cut = i < size ? l1 : 0
    if (Math.abs(zi) <= cut) return 0
    return (Math.sign(zi) * cut - zi) / ((beta + Math.sqrt(n[i] ?? 0)) / alpha + l2)
  }
  const step = (i: number, gradient: number) => {
    const ni = n[i] ?? 0
    const squared = gradient * gradient
    const sigma = (Math.sqrt(ni + squared) - Math.sqrt(ni)) / alpha
    z[i] = (z[i] ?? 0) + gradient - sigma * weightOf(i)
    n[i] = ni + squared
  }
  for (const epoch of order) {
    for (const row of epoch) {
      const weight = task.weight[row] ?? 0
      if (weight === 0) continue
      const from = rows.offsets[row] ?? 0
      const to = rows.offsets[row + 1] ?? 0
      const x = rows.scale[row] ?? 0
      const bias = size + (task.group[row] ?? 0)
      let sum = 0
      for (let i = from; i < to; i++) sum += weightOf(rows.buckets[i] ?? 0)
      const error = sigmoid(sum * x + weightOf(bias)) - (task.target[row] ?? 0)
      const gradient = error * weight * x
      for (let i = from; i < to; i++) step(rows.buckets[i] ?? 0, gradient)
      step(bias, error * weight)
    }
  }
  const weights = new Float32Array(size)
  for (let i = 0; i < size; i++) weights[i] = weightOf(i)
  return { weights, bias: Float64Array.from({ length: task.groups }, (_, g) => weightOf(size + g)) }
}
