import { journey } from './journey'

void journey().then(console.log)
