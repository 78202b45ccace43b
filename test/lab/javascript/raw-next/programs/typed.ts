import { NextResponse, type NextRequest } from 'next/server';

const allowed = new Set<string>(['https://app.example.com']);

export async function GET(request: NextRequest): Promise<NextResponse> {
  const origin = request.headers.get('origin');
  const response = new NextResponse('ok');
  if (origin !== null && allowed.has(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
  response.headers.append('Vary', 'Origin');
  return response;
}
