import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

@WebSocketGateway({ namespace: 'stock', cors: { origin: 'https://shop.example', credentials: true } })
export class StockGateway {
  @SubscribeMessage('watch')
  watch(): { event: string; data: number } {
    return { event: 'left', data: 12 };
  }
}
