import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

@WebSocketGateway({ namespace: 'stock', cors: { origin: '*', credentials: true } })
export class StockGateway {
  @SubscribeMessage('watch')
  watch(): { event: string; data: number } {
    return { event: 'left', data: 12 };
  }
}
