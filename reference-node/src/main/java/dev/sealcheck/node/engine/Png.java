package dev.sealcheck.node.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files with four colours and two bits per pixel; needs no graphics system. Source: PNG
 * specification, ISO/IEC 15948, sections 5, 7 and 11.
 */
final class Png {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte BITS_PER_PIXEL = 2;
  private static final byte PALETTE_COLOURS = 3;
  private static final int COLOURS = 4;
  private static final int PIXELS_PER_BYTE = 4;
  private static final int CELLS = 16;

  private Png() {}

  /** A file of this size in pixels that shows a grid of cells, coloured by the generator. */
  static byte[] pattern(int width, int height, Random random) {
    byte[] palette = new byte[3 * COLOURS];
    random.nextBytes(palette);
    byte[] cells = new byte[CELLS * CELLS];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) random.nextInt(COLOURS);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(SIGNATURE);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put(BITS_PER_PIXEL).put(PALETTE_COLOURS);
    writeSection(file, "IHDR", header.array());
    writeSection(file, "PLTE", palette);
    writeRows(file, width, height, cells);
    writeSection(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void writeRows(ByteArrayOutputStream file, int width, int height, byte[] cells) {
    int rowBytes = 1 + (width + PIXELS_PER_BYTE - 1) / PIXELS_PER_BYTE;
    byte[] rows = new byte[rowBytes * height];
    for (int y = 0; y < height; y++) {
      // Byte 0 of a row stays zero: no filter.
      int row = y * rowBytes + 1;
      for (int x = 0; x < width; x++) {
        int cell = cells[y * CELLS / height * CELLS + x * CELLS / width];
        int shift = 6 - BITS_PER_PIXEL * (x % PIXELS_PER_BYTE);
        rows[row + x / PIXELS_PER_BYTE] |= (byte) (cell << shift);
      }
    }
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(rows);
      deflater.finish();
      ByteArrayOutputStream deflated = new ByteArrayOutputStream();
      byte[] buffer = new byte[8_192];
      while (!deflater.finished()) {
        deflated.write(buffer, 0, deflater.deflate(buffer));
      }
      writeSection(file, "IDAT", deflated.toByteArray());
    } finally {
      deflater.end();
    }
  }

  private static void writeSection(ByteArrayOutputStream file, String type, byte[] content) {
    byte[] typed =
        ByteBuffer.allocate(4 + content.length).put(type.getBytes(US_ASCII)).put(content).array();
    CRC32 checksum = new CRC32();
    checksum.update(typed);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(typed);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }
}
