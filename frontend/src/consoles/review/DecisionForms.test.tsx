import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { ApproveForm } from './ApproveForm'
import { ReasonsForm, type RefusalDraft } from './ReasonsForm'
import { ReopenForm } from './ReopenForm'
import { SpeechRefuseForm } from './SpeechRefuseForm'

const onSubmit = vi.fn()
const onCancel = vi.fn()
const formProps = { isSubmitting: false, onSubmit, onCancel }

function Rejection({ positionMs }: { positionMs: number }) {
  const [draft, setDraft] = useState<RefusalDraft>({ selected: {}, note: '' })
  return (
    <ReasonsForm
      {...formProps}
      submitLabel="Send"
      positionMs={positionMs}
      selectedFinding={null}
      draft={draft}
      onDraft={setDraft}
      openings={1}
    />
  )
}

beforeEach(() => {
  onSubmit.mockClear()
  onCancel.mockClear()
  server.on('get', '/api/v1/review/reasons', [
    { code: 'violence', text: words('Violence') },
    { code: 'label', text: words('No AI mark') },
  ])
  server.on('get', '/api/v1/review/age-notices', [{ code: '12', text: words('From 12 years') }])
  server.on('get', '/api/v1/speech/reasons', [
    { code: 'abuse', text: words('Abuse') },
    { code: 'spam', text: words('Advertising') },
  ])
})

test('a rejection needs a reason, and says so', async () => {
  renderInConsole(<Rejection positionMs={0} />)
  await screen.findByLabelText('Violence')
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(screen.getByRole('alert')).toBeInTheDocument()
  expect(onSubmit).not.toHaveBeenCalled()
})

test('a reason takes its span from the position of the preview', async () => {
  renderInConsole(<Rejection positionMs={5000} />)
  await userEvent.click(await screen.findByLabelText('Violence'))
  await userEvent.click(screen.getAllByRole('button', { name: /0:05/ })[0] as HTMLElement)
  await userEvent.click(screen.getByRole('button', { name: 'Send' }))
  expect(onSubmit).toHaveBeenCalledWith({
    reasons: [{ code: 'violence', start_ms: 5000, end_ms: null, note: '' }],
    note: '',
  })
})

test('a rejection is written by keyboard alone', async () => {
  renderInConsole(<Rejection positionMs={0} />)
  await waitFor(() => expect(screen.getByLabelText('Violence')).toHaveFocus())
  await userEvent.keyboard('2')
  expect(screen.getByLabelText('No AI mark')).toBeChecked()
  await userEvent.type(screen.getByRole('textbox', { name: 'To the creator' }), 'Take 1')
  expect(screen.getByLabelText('Violence')).not.toBeChecked()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(onSubmit).toHaveBeenCalledWith({
    reasons: [{ code: 'label', start_ms: null, end_ms: null, note: '' }],
    note: 'Take 1',
  })
})

test('an approval carries its age notice and note', async () => {
  renderInConsole(<ApproveForm {...formProps} />)
  await screen.findByRole('option', { name: 'From 12 years' })
  await userEvent.selectOptions(screen.getByRole('combobox'), '12')
  await userEvent.type(screen.getByRole('textbox'), 'Well made')
  await userEvent.keyboard('{Tab}{Enter}')
  expect(onSubmit).toHaveBeenCalledWith({ note: 'Well made', age_notice: '12' })
})

test('reopening needs a note', async () => {
  renderInConsole(<ReopenForm {...formProps} submitLabel="Reopen" />)
  await userEvent.type(await screen.findByRole('textbox'), ' ')
  await userEvent.keyboard('{Tab}{Enter}')
  expect(onSubmit).not.toHaveBeenCalled()
  await userEvent.type(screen.getByRole('textbox'), 'Cut anew')
  await userEvent.keyboard('{Tab}{Enter}')
  expect(onSubmit).toHaveBeenCalledTimes(1)
})

test('a text is refused by keyboard: a number chooses the reason, Ctrl+Enter sends', async () => {
  renderInConsole(<SpeechRefuseForm {...formProps} />)
  const abuse = await screen.findByRole('radio', { name: /Abuse/ })
  abuse.focus()
  await userEvent.keyboard('2')
  expect(screen.getByRole('radio', { name: /Advertising/ })).toBeChecked()
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  expect(onSubmit).toHaveBeenCalledWith({ reason: 'spam', note: '' })
  await userEvent.keyboard('{Escape}')
  expect(onCancel).toHaveBeenCalled()
})
