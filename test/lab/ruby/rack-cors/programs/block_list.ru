require 'rack/cors'

use Rack::Cors do
  allow do
    origins { |source, _env| %w[https://app.example.com https://b.example.com].include?(source) }
    resource '*', headers: :any, methods: :any
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
