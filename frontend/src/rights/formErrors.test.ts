import { expect, test } from 'vitest'
import { fieldError } from '../api/fieldError'
import { Problem } from '../api/problem'
import { formError, splitLines } from './formErrors'

test('links are read one a line, and empty lines are none', () => {
  expect(splitLines(' https://a.example \n\n\thttps://b.example\n')).toEqual([
    'https://a.example',
    'https://b.example',
  ])
  expect(splitLines('')).toEqual([])
})

test('a refusal is told at its field, an item at its list, and only else as a whole', () => {
  const fields = new Problem(400, 'invalid', 'Not valid', '', [
    { field: 'email', message: 'No address' },
    { field: 'proofs[1]', message: 'Too long' },
  ])
  expect(fieldError(fields, 'email')).toBe('No address')
  expect(fieldError(fields, 'proofs')).toBe('Too long')
  expect(fieldError(fields, 'address')).toBeUndefined()
  expect(formError(fields)).toBeUndefined()
  expect(formError(new Problem(409, 'notice_on_its_way', 'On its way', 'Follow the link'))).toBe(
    'On its way · Follow the link',
  )
  expect(formError(null)).toBeUndefined()
})
