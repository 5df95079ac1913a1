import { All, Controller, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { createReceiver } from 'x-account-activity';
import { toNodeHandler } from 'x-account-activity/node';

@Controller('webhook')
export class WebhookController {
  static readonly seen: string[] = [];

  private readonly handle = toNodeHandler(
    createReceiver({
      consumerSecret: 'consumer-secret',
      on: {
        follow: (event) => void WebhookController.seen.push(event.sourceId),
      },
    }),
  );

  @All()
  answer(@Req() request: Request, @Res() response: Response): Promise<void> {
    return this.handle(request, response);
  }
}
