package org.embygateway.protocol.sim;

import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** A picture that is always the same for the same seed text. */
final class Picture {
    private final int colour;
    private final String title;
    private final int width;
    private final int height;

    Picture(String seed, String title, int width, boolean wide) {
        this.colour = (seed.hashCode() * 0x9E3779B1) >>> 8;
        this.title = title;
        this.width = width;
        this.height = Math.max(1, wide ? width * 9 / 16 : width * 3 / 2);
    }

    /** A PNG of one colour. */
    byte[] plain() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(0x89504E470D0A1A0AL);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.write(new byte[] {8, 2, 0, 0, 0});
            chunk(out, "IHDR", header.toByteArray());
            chunk(out, "IDAT", pixels());
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private byte[] pixels() {
        byte[] rows = new byte[height * (1 + 3 * width)];
        for (int y = 0, at = 0; y < height; y++) {
            at++;
            for (int x = 0; x < width; x++, at += 3) {
                rows[at] = (byte) (colour >> 16);
                rows[at + 1] = (byte) (colour >> 8);
                rows[at + 2] = (byte) colour;
            }
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        deflater.setInput(rows);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }

    /** A JPEG with the title on it, for people to look at; the plain PNG where there is no font. */
    byte[] poster() {
        try {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            Color dark = new Color(colour & 0x7F7F7F);
            graphics.setPaint(new GradientPaint(
                    0, 0, dark.brighter(), width, height, dark.darker().darker()));
            graphics.fillRect(0, 0, width, height);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setColor(Color.WHITE);
            graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, Math.max(10, width / 11)));
            write(graphics);
            graphics.dispose();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(image, "jpg", out);
            return out.toByteArray();
        } catch (IOException | RuntimeException | LinkageError e) {
            return plain();
        }
    }

    private void write(Graphics2D graphics) {
        int line = graphics.getFontMetrics().getHeight();
        int y = height / 2 - line;
        StringBuilder row = new StringBuilder();
        for (String word : title.split(" ")) {
            if (graphics.getFontMetrics().stringWidth(row + word) > width * 9 / 10 && !row.isEmpty()) {
                graphics.drawString(row.toString(), width / 20, y);
                row.setLength(0);
                y += line;
            }
            row.append(word).append(' ');
        }
        graphics.drawString(row.toString(), width / 20, y);
    }
}
