require 'rack/cors'

ALLOWED = %w[https://app.example.com https://shop.example.com].freeze

use Rack::Cors do
  allow do
    origins(*ALLOWED)
    resource '*', headers: :any, methods: :any, credentials: true
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
