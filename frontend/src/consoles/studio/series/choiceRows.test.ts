import { expect, test } from 'vitest'
import type { StoryChoice } from '../../../api/types'
import { choiceToRow, parseValue, rowToChoice } from './choiceRows'

const choice: StoryChoice = {
  id: '01a1f8e1-0000-7000-8000-000000000001',
  from_episode_id: '01a1f8e1-0000-7000-8000-00000000000a',
  to_episode_id: '01a1f8e1-0000-7000-8000-00000000000b',
  text: '还她玉佩',
  seal: '还',
  condition: { var: 'trust', op: 'ge', value: 2 },
  effects: [{ var: 'jade', op: 'set', value: true }],
}

test('a choice that nobody touches goes back as it came', () => {
  expect(rowToChoice(choiceToRow(choice, 'a'))).toEqual(choice)
})

test('a condition that the form cannot show is kept whole', () => {
  const condition = {
    any: [{ var: 'a', op: 'eq', value: 1 }, { not: { var: 'b', op: 'lt', value: 0 } }],
  }
  const row = choiceToRow({ ...choice, condition }, 'a')
  expect(row.comparison).toBeNull()
  expect(rowToChoice(row).condition).toEqual(condition)
})

test('an unset condition stays unset', () => {
  expect(rowToChoice(choiceToRow({ ...choice, condition: null }, 'a')).condition).toBeNull()
})

test('typed values become numbers, truths and texts', () => {
  expect([' 3', '-12', 'true', 'false', '玉', '3 coins', ''].map(parseValue)).toEqual([
    3,
    -12,
    true,
    false,
    '玉',
    '3 coins',
    '',
  ])
})
