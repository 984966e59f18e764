/** The story graph as a form edits it, and back to what the server keeps. */
import type { StoryChoice } from '../../../api/types'

export const COMPARISON_OPERATORS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number]
export type StoryValue = number | boolean | string

export interface Comparison {
  var: string
  op: ComparisonOperator
  value: string
}
export interface EffectRow {
  /** A name for React alone. */
  key: string
  var: string
  op: 'set' | 'add'
  value: string
}
export interface ChoiceRow {
  key: string
  id?: string
  from: string
  to: string
  text: string
  seal: string
  /** null: always open, unless there is a `compound`. */
  comparison: Comparison | null
  /** A condition that this form cannot show; it goes back as it came. */
  compound: object | null
  effects: EffectRow[]
}

/** What was typed as the value that is meant: a whole number, true or false, else a text. */
export function parseValue(text: string): StoryValue {
  const trimmed = text.trim()
  if (/^-?\d{1,7}$/.test(trimmed)) return Number(trimmed)
  if (trimmed === 'true') return true
  if (trimmed === 'false') return false
  return trimmed
}

function isComparison(
  node: unknown,
): node is { var: string; op: ComparisonOperator; value: StoryValue } {
  return (
    typeof node === 'object' && node !== null && 'var' in node && 'op' in node && 'value' in node
  )
}

export function choiceToRow(choice: StoryChoice, key: string): ChoiceRow {
  const condition: unknown = choice.condition ?? null
  const comparison = isComparison(condition) ? condition : null
  return {
    key,
    id: choice.id,
    from: choice.from_episode_id,
    to: choice.to_episode_id,
    text: choice.text ?? '',
    seal: choice.seal ?? '',
    comparison: comparison && {
      var: comparison.var,
      op: comparison.op,
      value: String(comparison.value),
    },
    compound: comparison === null && condition !== null ? (condition as object) : null,
    effects: (choice.effects ?? []).map((effect, number) => ({
      key: `${key}.${number}`,
      var: effect.var,
      op: effect.op,
      value: String(effect.value),
    })),
  }
}

export function rowToChoice(row: ChoiceRow) {
  return {
    ...(row.id ? { id: row.id } : {}),
    from_episode_id: row.from,
    to_episode_id: row.to,
    text: row.text.trim(),
    seal: row.seal.trim(),
    condition: row.comparison
      ? {
          var: row.comparison.var.trim(),
          op: row.comparison.op,
          value: parseValue(row.comparison.value),
        }
      : row.compound,
    effects: row.effects.map((effect) => ({
      var: effect.var.trim(),
      op: effect.op,
      value: parseValue(effect.value),
    })),
  }
}
