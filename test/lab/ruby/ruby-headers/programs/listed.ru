require 'rack'

class App
  ALLOWED = %w[https://app.example.com https://admin.example.com].freeze

  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response.set_header('Vary', 'Origin')
    if ALLOWED.include?(origin)
      response.set_header('Access-Control-Allow-Origin', origin)
    end
    response.finish
  end
end

run App.new
