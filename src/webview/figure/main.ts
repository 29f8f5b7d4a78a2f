import '../common/page.css';
import './figureApp';

document.body.append(document.createElement('atelier-figure'));
