import { NextResponse } from 'next/server';

export function GET() {
  const response = new NextResponse('ok');
  response.headers.set('Access-Control-Allow-Origin', '*');
  response.headers.set('Access-Control-Allow-Credentials', 'true');
  return response;
}
