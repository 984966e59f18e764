import { act, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test } from 'vitest'
import type { Case, CaseCard } from '../../api/types'
import { socketTo, useFakeSockets } from '../../testing/fakeSocket'
import { account, me, words } from '../../testing/fixtures'
import { renderInConsole } from '../../testing/renderInConsole'
import { server } from '../../testing/setup'
import { CasePage } from './CasePage'
import { ReviewHome } from './ReviewHome'

const moderator = account({ id: 'moderator', roles: ['moderator'] })
const other = { id: 'other', handle: 'bo', display_name: 'Bo' }

function reviewCase(id: string, title: string, over: Partial<Case> = {}): Case {
  return {
    id,
    state: 'open',
    verdict: 'review',
    risk: 0.7,
    cut: {
      id: 'cut',
      number: 1,
      origin: 'upload',
      declaration: 'ai',
      sha256: 'abc',
      duration_ms: 9,
    },
    series: { id: 'series', title, language: 'en' },
    episode: { id: 'episode', number: 1, title: '' },
    creator: { id: 'creator', handle: 'lan', display_name: 'Lan' },
    poster_url: null,
    reviewer: null,
    may_decide: true,
    is_appealed: false,
    outcome: null,
    decided_by: null,
    automatic: false,
    appeal: null,
    may_reopen: false,
    finding_count: 0,
    top_policies: [words('Violence')],
    problem: null,
    opened_at: null,
    due_at: null,
    decided_at: null,
    findings: [],
    transcript: [],
    transcript_note: null,
    playback: null,
    label: null,
    words: [
      {
        kind: 'series',
        object_id: 'series',
        texts: [
          { field: 'title', text: title },
          { field: 'synopsis', text: 'A scholar and a debt.' },
        ],
      },
      { kind: 'episode', object_id: 'episode', texts: [{ field: 'title', text: 'A knock' }] },
      {
        kind: 'choice',
        object_id: 'choice',
        texts: [
          { field: 'text', text: 'Take the jade' },
          { field: 'seal', text: 'J' },
        ],
      },
    ],
    words_sha256: 'read',
    gate: { open: false, reasons: [], passed: [] },
    versions: {},
    decision: null,
    earlier_decisions: [],
    ...over,
  } as unknown as Case
}

const fox = reviewCase('case-1', 'The Fox Lantern')
const moon = reviewCase('case-2', 'The Paper Moon')
const listCases = (...results: CaseCard[]) =>
  server.on('get', '/api/v1/review/cases', { results, next_cursor: null })
const showCase = (id: string) => renderInConsole(<CasePage />, `/review/${id}`, '/review/$caseId')

beforeEach(() => {
  useFakeSockets()
  server.on('get', '/api/v1/me', me({ user: moderator }))
  server.on('get', '/api/v1/review/age-notices', [])
  server.on('get', '/api/v1/review/reasons', [])
  server.respond('get', '/api/v1/review/cases/{case_id}', ({ path }) =>
    Response.json([fox, moon].find(({ id }) => path.endsWith(id))),
  )
  listCases(fox, moon)
})

test('approving reserves the case first, and then the next one of the queue opens', async () => {
  const reserved = { ...fox, state: 'taken', reviewer: moderator }
  const approved = { ...fox, state: 'approved', decision: { outcome: 'approved', by: moderator } }
  server.respond('post', '/api/v1/review/cases/{case_id}/take', () => Response.json(reserved))
  server.respond('post', '/api/v1/review/cases/{case_id}/approve', () => Response.json(approved))
  server.respond('post', '/api/v1/review/cases/next', () => Response.json(moon))
  showCase('case-1')
  await screen.findByRole('heading', { name: 'The Fox Lantern Episode 1' })
  await userEvent.click(screen.getByRole('button', { name: /^Approve ?A$/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Approve it' }))
  await screen.findByRole('heading', { name: 'The Paper Moon Episode 1' })
  expect(screen.getByText('Decided: approved · Next: The Paper Moon')).toBeInTheDocument()
  const posted = server.requests.filter(({ method }) => method === 'POST')
  expect(posted.map(({ path }) => path.split('/').at(-1))).toEqual(['take', 'approve', 'next'])
})

test('when nothing waits after a decision, the desk says so', async () => {
  const mine = { ...fox, state: 'taken', reviewer: moderator } as Case
  server.respond('get', '/api/v1/review/cases/{case_id}', () => Response.json(mine))
  const approved = { ...fox, state: 'approved', decision: { outcome: 'approved', by: moderator } }
  server.respond('post', '/api/v1/review/cases/{case_id}/approve', () => Response.json(approved))
  server.respond('post', '/api/v1/review/cases/next', () => new Response(null, { status: 204 }))
  showCase('case-1')
  await userEvent.click(await screen.findByRole('button', { name: /^Approve ?A$/ }))
  await userEvent.click(await screen.findByRole('button', { name: 'Approve it' }))
  expect(await screen.findByText('Decided: approved · The queue is done')).toBeInTheDocument()
})

test('in the reject form R goes to the reasons, Escape closes it and keeps what was written', async () => {
  const mine = { ...fox, state: 'taken', reviewer: moderator } as Case
  server.respond('get', '/api/v1/review/cases/{case_id}', () => Response.json(mine))
  server.on('get', '/api/v1/review/reasons', [{ code: 'violence', text: words('Violence') }])
  showCase('case-1')
  await screen.findByRole('button', { name: /^Send back/ })
  await userEvent.keyboard('r')
  await waitFor(() => expect(screen.getByRole('checkbox', { name: 'Violence' })).toHaveFocus())
  await userEvent.keyboard(' ')
  const note = screen.getByRole('textbox', { name: 'To the creator' })
  await userEvent.type(note, 'rather red')
  await userEvent.keyboard('{Escape}')
  expect(screen.queryByRole('checkbox')).not.toBeInTheDocument()
  await userEvent.keyboard('r')
  expect(await screen.findByRole('checkbox', { name: 'Violence' })).toBeChecked()
  expect(screen.getByRole('textbox', { name: 'To the creator' })).toHaveValue('rather red')
})

test('an appeal shows what its creator says; upholding it begins with the reasons that stand', async () => {
  const decision = {
    outcome: 'rejected',
    by: other,
    automatic: false,
    reasons: [
      { code: 'violence', text: words('Violence'), start_ms: 9, end_ms: null, note: 'red' },
    ],
    note: '',
    decided_at: '2026-03-02T08:00:00Z',
  }
  const appeal = {
    state: 'waiting',
    reason: 'It is silk, not blood.',
    appealed_at: '2026-03-02T09:00:00Z',
    decided_at: null,
  }
  const appealed = {
    ...fox,
    reviewer: moderator,
    state: 'taken',
    is_appealed: true,
    decision,
    appeal,
  }
  server.respond('get', '/api/v1/review/cases/{case_id}', () => Response.json(appealed))
  server.on('get', '/api/v1/review/reasons', [{ code: 'violence', text: words('Violence') }])
  showCase('case-1')
  expect(await screen.findByText('It is silk, not blood.')).toBeInTheDocument()
  expect(await screen.findByRole('button', { name: /^Overturn: approve/ })).toBeInTheDocument()
  await userEvent.click(screen.getByRole('button', { name: /^Uphold/ }))
  expect(await screen.findByRole('checkbox', { name: 'Violence' })).toBeChecked()
  expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('red')
})

test('a decided case says in the list how it was decided, by whom and when', async () => {
  listCases({
    ...fox,
    state: 'rejected',
    outcome: 'rejected',
    decided_by: other,
    decided_at: '2026-03-02T08:00:00Z',
  } as CaseCard)
  renderInConsole(<ReviewHome />)
  expect(await screen.findByText('sent back · Bo · 2 Mar 2026')).toBeInTheDocument()
})

test('a case that somebody else has reserved can be looked at, not decided', async () => {
  server.respond('get', '/api/v1/review/cases/{case_id}', () =>
    Response.json({ ...fox, state: 'taken', reviewer: other }),
  )
  showCase('case-1')
  await screen.findByText('Bo is reviewing this case; you can look, not decide.')
  const panel = screen.getByRole('region', { name: 'Decide' })
  expect(within(panel).queryByRole('button')).not.toBeInTheDocument()
})

test('a case that is gone leads back to the queue', async () => {
  server.refuse('get', '/api/v1/review/cases/{case_id}', { status: 404 })
  showCase('case-1')
  await screen.findByRole('heading', { name: 'There is no such case' })
  expect(screen.getByRole('link', { name: 'Back to the queue' })).toHaveAttribute('href', '/review')
})

test('the queue follows its real-time room and its filter', async () => {
  renderInConsole(<ReviewHome />)
  await screen.findByRole('link', { name: /The Fox Lantern 1 ?Violence/ })
  listCases({ ...fox, state: 'taken', reviewer: other } as CaseCard, moon)
  const room = await socketTo('/ws/rooms/review/')
  act(() => room.receive({ type: 'events', events: [{ id: 1, event: {} }] }))
  await screen.findByRole('link', { name: /The Fox Lantern 1.*Bo has it/ })
  listCases()
  await userEvent.click(screen.getByRole('button', { name: 'Failed' }))
  expect(await screen.findByText('Nothing here')).toBeInTheDocument()
  await waitFor(() =>
    expect(server.received('get', '/api/v1/review/cases').at(-1)?.query.get('state')).toBe(
      'failed',
    ),
  )
})

test('the words of the work are shown, and an approval names those that were read', async () => {
  const mine = { ...fox, state: 'taken', reviewer: moderator } as Case
  const rewritten = { ...mine, words_sha256: 'newer' }
  let answer = mine
  server.respond('get', '/api/v1/review/cases/{case_id}', () => Response.json(answer))
  server.refuse('post', '/api/v1/review/cases/{case_id}/approve', {
    status: 409,
    title: 'The words changed while you read',
  })
  showCase('case-1')
  const shown = await screen.findByRole('region', { name: 'Words that would be on stage' })
  for (const text of ['The Fox Lantern', 'A scholar and a debt.', 'A knock', 'Take the jade'])
    expect(shown).toHaveTextContent(text)
  await userEvent.click(await screen.findByRole('button', { name: /^Approve/ }))
  answer = rewritten
  await userEvent.click(await screen.findByRole('button', { name: 'Approve it' }))
  expect(await screen.findByText('The words changed while you read')).toBeInTheDocument()
  const approvals = () => server.received('post', '/api/v1/review/cases/case-1/approve')
  expect(approvals()[0]?.body).toMatchObject({ words_sha256: 'read' })
  await userEvent.click(await screen.findByRole('button', { name: 'I have read the new ones' }))
  await userEvent.click(screen.getByRole('button', { name: 'Approve it' }))
  await waitFor(() => expect(approvals()[1]?.body).toMatchObject({ words_sha256: 'newer' }))
})
