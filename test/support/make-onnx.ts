/** Nodes without inputs: each output of the model is a constant. Shapes are those of the values. */
export interface ConstantOutput {
  name: string
  shape: number[]
  values: Float32Array
}

/**
 * An ONNX file whose outputs are constants, whatever its input: what a test needs to see a model loaded and its outputs read. Written by
 * hand, field by field (onnx.proto, IR version 8, opset 13), because no library that writes them is small.
 */
export function makeOnnx({
  input,
  outputs,
}: {
  input: { name: string; shape: number[] }
  outputs: ConstantOutput[]
}): Buffer {
  const graph = Buffer.concat([
    ...outputs.map((output) => message(1, constantNode(output))),
    text(2, 'test'),
    message(11, valueInfo(input.name, input.shape)),
    ...outputs.map(({ name, shape }) => message(12, valueInfo(name, shape))),
  ])
  const opset = Buffer.concat([text(1, ''), number(2, 13)])
  return Buffer.concat([number(1, 8), message(7, graph), message(8, opset)])
}

function constantNode({ name, shape, values }: ConstantOutput): Buffer {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  const tensor = Buffer.concat([...shape.map((length) => number(1, length)), number(2, float32), message(9, bytes)])
  const attribute = Buffer.concat([text(1, 'value'), message(5, tensor), number(20, tensorKind)])
  return Buffer.concat([text(2, name), text(3, `make ${name}`), text(4, 'Constant'), message(5, attribute)])
}

/** TensorProto.FLOAT and AttributeProto.TENSOR. */
const float32 = 1
const tensorKind = 4

function valueInfo(name: string, shape: readonly number[]): Buffer {
  const dimensions = Buffer.concat(shape.map((length) => message(1, number(1, length))))
  const tensorType = Buffer.concat([number(1, float32), message(2, dimensions)])
  return Buffer.concat([text(1, name), message(2, message(1, tensorType))])
}

/** A field of the protocol buffer format: bytes with their length, or a number (protobuf.dev, "Encoding"). */
function message(field: number, content: Buffer): Buffer {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content])
}

function text(field: number, value: string): Buffer {
  return message(field, Buffer.from(value))
}

function number(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0))
    rest = Math.floor(rest / 128)
  } while (rest > 0)
  return Buffer.from(bytes)
}
