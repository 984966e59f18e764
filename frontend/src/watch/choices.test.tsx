import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test, vi } from 'vitest'
import type { PlaythroughState, SeriesDetail } from '../api/types'
import { episode, series } from '../testing/fixtures'
import { renderInApp } from '../testing/render'
import { useWideWindow } from '../testing/setup'
import { PlaythroughChoices } from './PlaythroughChoices'
import { PlaythroughEnd } from './PlaythroughEnd'

const CHOICES = [
  { id: 'open', text: 'Open the door', seal: '开', to_episode_id: 'episode-2' },
  { id: 'wait', text: 'Wait for dawn', seal: '等', to_episode_id: 'episode-3' },
]

function showChoices(chosen: string | null = null) {
  const onChoose = vi.fn()
  const onAgain = vi.fn()
  renderInApp(
    <PlaythroughChoices
      choices={CHOICES}
      chosen={chosen}
      notice={{ label: '1', text: { zh: 'AI', en: 'Made with AI' } }}
      onChoose={onChoose}
      onAgain={onAgain}
    />,
  )
  return { onChoose, onAgain }
}

test('a fork asks under its own focused heading, with the AI label still there', async () => {
  showChoices()
  const heading = await screen.findByRole('heading', { name: 'Where does the play go?' })
  expect(heading).toHaveFocus()
  expect(screen.getByText('Made with AI')).toBeInTheDocument()
})

test('a choice is made by a tap', async () => {
  const { onChoose } = showChoices()
  await userEvent.click(await screen.findByRole('button', { name: /Wait for dawn/ }))
  expect(onChoose).toHaveBeenCalledExactlyOnceWith('wait')
})

test('a choice is made by its number on the keyboard, which a wide screen shows', async () => {
  useWideWindow()
  const { onChoose } = showChoices()
  expect(await screen.findByText('Keys 1–2 choose')).toBeInTheDocument()
  await userEvent.keyboard('1')
  expect(onChoose).toHaveBeenCalledExactlyOnceWith('open')
  await userEvent.keyboard('3')
  expect(onChoose).toHaveBeenCalledOnce()
})

test('what was chosen is said, and nothing else can be chosen meanwhile', async () => {
  const { onChoose } = showChoices('open')
  expect(await screen.findByText(/You chose “Open the door”/)).toBeInTheDocument()
  for (const button of screen.getAllByRole('button')) expect(button).toBeDisabled()
  await userEvent.keyboard('2')
  expect(onChoose).not.toHaveBeenCalled()
})

test('the episode can be seen again before choosing', async () => {
  const { onAgain } = showChoices()
  await userEvent.click(await screen.findByRole('button', { name: 'Watch again' }))
  expect(onAgain).toHaveBeenCalledOnce()
})

const detail: SeriesDetail = {
  ...series({ branching: true }),
  episodes: [
    episode(),
    episode({ id: 'episode-2', number: 2, title: 'Behind the door' }),
    episode({ id: 'episode-3', number: 3, title: 'Dawn' }),
  ],
  choices: [
    {
      id: 'open',
      from_episode_id: 'episode-1',
      to_episode_id: 'episode-2',
      text: 'Open the door',
      seal: '开',
    },
  ],
} as SeriesDetail

function showEnd(path: PlaythroughState['path'], of: SeriesDetail = detail) {
  const onNewRound = vi.fn()
  renderInApp(<PlaythroughEnd series={of} path={path} notice={null} onNewRound={onNewRound} />)
  return onNewRound
}

test('the end tells the way that was taken, with its choices', async () => {
  showEnd([
    { episode_id: 'episode-1', choice_id: null },
    { episode_id: 'episode-2', choice_id: 'open' },
  ] as PlaythroughState['path'])
  expect(await screen.findByRole('heading', { name: 'The end' })).toHaveFocus()
  expect(screen.getAllByRole('listitem').map((step) => step.textContent)).toEqual([
    'Episode 1 · A knock at night',
    'Episode 2 · Behind the doorChose “Open the door”',
  ])
})

test('a branching play offers another way, a linear one the whole again', async () => {
  const onNewRound = showEnd([])
  await userEvent.click(await screen.findByRole('button', { name: 'Take another way' }))
  expect(onNewRound).toHaveBeenCalledOnce()
})

test('a linear play is watched again whole', async () => {
  showEnd([], { ...detail, branching: false })
  expect(await screen.findByRole('button', { name: 'Watch it all again' })).toBeInTheDocument()
  expect(screen.queryByRole('heading', { name: 'The way you took' })).not.toBeInTheDocument()
})
