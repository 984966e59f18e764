import { expect, test } from 'vitest'
import type { Finding, SpokenLine } from '../../api/types'
import { highlightEvidence, sortFindings } from './findingSpans'

const line: SpokenLine = {
  start_ms: 3000,
  end_ms: 5000,
  speaker: '画娘',
  text: '你骗了我三年，今天该还了。',
}
const finding = (part: Partial<Finding>): Finding => ({
  id: part.evidence ?? 'a',
  policy: 'abuse',
  policy_name: { zh: '辱骂', en: 'Abuse' },
  channel: 'text',
  score: 0.7,
  start_ms: 3000,
  end_ms: 5000,
  evidence: '',
  explanation: { zh: '', en: '' },
  ...part,
})

test('a line without a finding is one plain part', () => {
  expect(highlightEvidence(line, [])).toEqual([{ text: line.text, marked: false }])
  expect(highlightEvidence(line, [finding({ start_ms: 5000, end_ms: 6000 })])[0]?.marked).toBe(
    false,
  )
  expect(highlightEvidence(line, [finding({ channel: 'picture' })])[0]?.marked).toBe(false)
})

test('evidence is marked where it stands in the words', () => {
  expect(highlightEvidence(line, [finding({ evidence: '骗了我 · 还 · 。' })])).toEqual([
    { text: '你', marked: false },
    { text: '骗了我', marked: true },
    { text: '三年，今天该', marked: false },
    { text: '还', marked: true },
    { text: '了。', marked: false },
  ])
})

test('a finding whose evidence is not in the words marks the whole line', () => {
  expect(highlightEvidence(line, [finding({ evidence: 'pian le wo' })])).toEqual([
    { text: line.text, marked: true },
  ])
})

test('findings are ordered by their place, those about the whole film first', () => {
  const whole = finding({ id: 'whole', start_ms: null })
  const late = finding({ id: 'late', start_ms: 9000 })
  const early = finding({ id: 'early', start_ms: 100 })
  expect(sortFindings([late, whole, early]).map((finding) => finding.id)).toEqual([
    'whole',
    'early',
    'late',
  ])
})
