require 'rack'

class App
  def call(env)
    request = Rack::Request.new(env)
    response = Rack::Response.new('ok')
    origin = request.get_header('HTTP_ORIGIN')
    response.set_header('Vary', 'Origin')
    case origin
    when 'https://app.example.com', 'https://admin.example.com'
      response.set_header('Access-Control-Allow-Origin', origin)
    when /\Ahttps:\/\/dev[0-9]\.example\.com\z/
      response.set_header('Access-Control-Allow-Origin', origin)
      response.set_header('Access-Control-Allow-Credentials', 'true')
    end
    response.finish
  end
end

run App.new
