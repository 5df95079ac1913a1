import { journey } from './journey.js'

journey().then(console.log)
