import { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { signBody } from 'x-account-activity/webhook';
import { AppModule } from './app.module.js';
import { WebhookController } from './webhook.controller.js';

describe('WebhookController', () => {
  let app: INestApplication;
  let url: string;

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [AppModule],
    }).compile();
    app = module.createNestApplication({ rawBody: true });
    await app.listen(0, '127.0.0.1');
    url = `${await app.getUrl()}/webhook`;
  });

  afterAll(() => app.close());

  const deliver = async (secret: string): Promise<number> => {
    const follow = {
      type: 'follow',
      created_timestamp: '1795253459123',
      source: { id: '22' },
      target: { id: '11' },
    };
    const body = JSON.stringify({ for_user_id: '11', follow_events: [follow] });
    const headers = {
      'content-type': 'application/json',
      'x-twitter-webhooks-signature': signBody(body, secret),
    };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  };

  it('answers a CRC', async () => {
    const response = await fetch(`${url}?crc_token=challenge_string`);
    expect(await response.json()).toEqual({
      response_token: 'sha256=S/mG8E9n5SjoGuCqHguvP8K8uuu5ogCPF0dOpIdyZlk=',
    });
  });

  it('handles a delivery, and refuses a forged one', async () => {
    expect(await deliver('another-secret')).toBe(401);
    expect(await deliver('consumer-secret')).toBe(200);
    expect(WebhookController.seen).toEqual(['22']);
  });
});
