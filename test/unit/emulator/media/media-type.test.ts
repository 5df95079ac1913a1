import { expect, it } from 'vitest'
import { readMediaType } from '../../../../src/emulator/media/media-type.ts'
import { gif, jpeg, mp4, png } from '../../../support/media-files.ts'

it.each([
  ['PNG', png(1536, 2048), { mime: 'image/png', type: 'photo', size: [1536, 2048] }],
  ['GIF', gif(20, 10), { mime: 'image/gif', type: 'animated_gif', size: [20, 10] }],
  ['JPEG', jpeg(1000, 300), { mime: 'image/jpeg', type: 'photo', size: [1000, 300] }],
  ['a cut JPEG', jpeg(1000, 300).slice(0, 12), { mime: 'image/jpeg', type: 'photo', size: [1280, 720] }],
  ['MP4', mp4, { mime: 'video/mp4', type: 'video', size: [1280, 720] }],
  ['a text', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
  ['a cut PNG', png(1, 1).slice(0, 23), undefined],
  ['nothing', new Uint8Array(), undefined],
])('reads the type and the size of %s', (_, bytes, expected) => {
  expect(readMediaType(bytes)).toEqual(expected)
})
